"""The second zoo: faults that collapse a loss, come early, or come again, and runs with signals of their own."""
