"""The SYB-style business-plan workbook: written at a terminal, computed by the server, reviewed as the practical exam."""
