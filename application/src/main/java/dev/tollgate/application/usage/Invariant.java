package dev.tollgate.application.usage;

/** What must hold of everything that is derived from usage; numbered as in docs/ledger.md. */
enum Invariant {
    PRICED("1 records cost what tokens, price version and multiplier say"),
    SUMMED("2 records = rollups = windows = totals"),
    LIVE("3 live counters = SQL + what is on its way"),
    HELD("4 held = open holds"),
    BALANCED("5 balances = grants - records that name them"),
    ONE_RECORD("6 one record a request, its entries sum to the settled result"),
    SENT("7 every request sent has a record and every record was sent");

    private final String title;

    Invariant(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
