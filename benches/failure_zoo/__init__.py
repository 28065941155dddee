"""The failure zoo: small real models trained until they break, and what detectors make of their signals."""
