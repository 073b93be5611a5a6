"""What readers are told about reuse and about the columns of files, on pages and in files."""

COLUMNS = (
    (
        "CSV files have one row for each cell and these columns: indicator, time_period, one "
        "column for each dimension (_T is the total), value, unit, n, status, flags, source, "
        "release."
    ),
    (
        "The value is empty when the status says that there is none to show. n is the number "
        "of factories or groups behind a figure where that is published. Digits and dates "
        "are the same in every language."
    ),
    (
        "The column source holds the names of the sources, with “; ” between them. The list of "
        "sources of the release has their publishers, files, dates, checksums and rows."
    ),
)
REUSE = (
    (
        "The figures of this site may be reused if their source is named with them. Please "
        "name the release too, so that others find the same numbers again."
    ),
    (
        "Figures of other publishers keep the terms of those publishers. The JSON of each "
        "view names them with their address, date and, where it is known, their licence."
    ),
    (
        "Made-up sample data are marked “illustrative” in every row and may be used for "
        "trying out only. Do not quote them."
    ),
)
