"""Who we are and what everything meets: places, people of the staff, acts, access, disclosure, the
NHS look.
"""
