"""The commands: the only code that prints, exits and looks at the environment."""
