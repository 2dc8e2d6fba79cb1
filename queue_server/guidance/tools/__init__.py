"""What visitors can work out while they wait: loans, repayment, withdrawals. Estimates; the centre decides."""
