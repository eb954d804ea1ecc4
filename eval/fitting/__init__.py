"""Settings and the calibration, fitted to judged questions."""
