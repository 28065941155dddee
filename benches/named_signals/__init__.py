"""How a monitor watches named signals: false alarms on healthy ones, and how soon it sees a collapse."""
