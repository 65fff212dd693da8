"""What happens with people: activities, sessions, who took part, what they said, and writing to
them.
"""
