"""What every wing builds on: staff accounts, access, acts and the audit trail, places and
organisations, disclosure, periods, and the forms and pages of the NHS design system.
"""
