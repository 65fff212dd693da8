"""Set-up of the project: lock files, the design system's build, the container image, the checks."""
