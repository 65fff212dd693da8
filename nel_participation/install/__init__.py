"""How the project is set up: lock files, the design system's build, the image, the checks."""
