"""A kiosk that goes on without the hall: it serves its touch pages itself and gives numbers that it keeps."""
