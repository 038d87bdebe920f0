"""The trading procedures, one file each. A file here is found, served and drawn without being named anywhere else."""
