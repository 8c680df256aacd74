package dev.tollgate.web.admin.usage;

import io.micronaut.json.tree.JsonNode;

/** How records are written into a file, each part with its line's end. */
interface ExportFormat {
    String head();

    String line(JsonNode record);

    String foot(ExportTotals totals);
}
