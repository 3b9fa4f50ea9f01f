"""Reports: tables of facts, each with its definition. One table serves screen, CSV, XLSX and print."""
