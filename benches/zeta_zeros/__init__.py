"""What true zeros cost beside the peers, and how their gaps compare with the law of random matrices: ``make zeros``."""
