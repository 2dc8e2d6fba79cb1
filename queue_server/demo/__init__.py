"""The living demo: its clock, its processes, and the simulated people who use the hall like anybody else."""
