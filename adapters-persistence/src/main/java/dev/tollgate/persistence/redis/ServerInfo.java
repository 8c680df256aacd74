package dev.tollgate.persistence.redis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a Redis process says of itself. */
record ServerInfo(String runId, String maxmemoryPolicy, boolean hasAof) {
    private static final int GENERATION_LENGTH = 40;

    static ServerInfo of(String info) {
        Map<String, String> values = info.lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first));
        return new ServerInfo(
                Objects.requireNonNull(values.get("run_id"), "run_id"),
                values.getOrDefault("maxmemory_policy", "noeviction"),
                values.getOrDefault("aof_enabled", "0").equals("1"));
    }

    boolean evicts() {
        return !maxmemoryPolicy.equals("noeviction");
    }

    /** The life of the data: the process's, or that of all masters together. */
    static String generation(Collection<ServerInfo> masters) {
        List<String> ids = masters.stream().map(ServerInfo::runId).sorted().toList();
        return ids.size() == 1 ? ids.get(0) : digest(String.join(",", ids));
    }

    private static String digest(String text) {
        byte[] digest = Sha.digest("SHA-256", text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, GENERATION_LENGTH);
    }
}
