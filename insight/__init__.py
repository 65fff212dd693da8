"""What was heard and what came of it: findings, decisions, changes, loops, measures, Board reports,
the public pages.
"""
