"""How much a file of applicants may hold. Anything beyond is refused before it costs memory."""

FILE_BYTES = 10 * 1024 * 1024
ROWS = 20_000
COLUMNS = 100
CELL_CHARACTERS = 32_767  # what Excel itself allows

# Of the archive inside an .xlsx file, unpacked
ARCHIVE_MEMBERS = 1_000
ARCHIVE_BYTES = 100 * 1024 * 1024
ARCHIVE_RATIO = 200
ARCHIVE_RATIO_FROM_BYTES = 5 * 1024 * 1024
SHEET_ELEMENTS = 2_000_000
SHEET_ITEMS = 250_000  # rows of a sheet, or texts shared by sheets
ELEMENTS_IN_ONE_ITEM = 3 * 16_384  # every column that Excel has, each with its value and a formula
OTHER_ELEMENTS = 200_000
DEPTH = 50
LAST_ROW = 1_048_576  # Excel's own
