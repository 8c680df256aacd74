package dev.tollgate.persistence.sql;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a database server is talked to, and what it must be like: MySQL 8 or MariaDB 10.6 and newer, in strict mode. */
@Singleton
public final class ServerTerms {
    public static final String DRIVER = "com.mysql.cj.jdbc.Driver";

    /** A server that says nothing for this long is away, unless the work is known to take longer. */
    public static final Duration SILENCE_MAX = Duration.ofSeconds(2);

    /** Set on each new connection: nobody waits long for a lock, and a connection whose node died holds none for long. */
    public static final String SESSION = "SET SESSION innodb_lock_wait_timeout = 5, SESSION wait_timeout = 60";

    private static final String SILENCE_TEXT = Long.toString(SILENCE_MAX.toMillis());

    /** What our statements rely on; stands above what a URL says. */
    public static final Map<String, String> DRIVER_PROPERTIES = Map.of(
            // one statement for a batch of inserts
            "rewriteBatchedStatements", "true",
            // an update counts the rows it found, changed or not, as H2's does
            "useAffectedRows", "false",
            // a server's zone may have a name that the driver cannot tell
            "connectionTimeZone", "UTC",
            // the server reads a statement once, however many rows it has
            "useServerPrepStmts", "true",
            "cachePrepStmts", "true",
            "prepStmtCacheSqlLimit", "32768",
            "prepStmtCacheSize", "64",
            "tcpKeepAlive", "true",
            "connectTimeout", SILENCE_TEXT,
            "socketTimeout", SILENCE_TEXT);

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final Version MYSQL_MIN = new Version(8, 0);
    private static final Version MARIADB_MIN = new Version(10, 6);

    private final SqlTransactions transactions;

    ServerTerms(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    /** What the database must have otherwise, one line each; nothing of the embedded one. */
    public List<String> faults() {
        return transactions.read(sql -> isServer(sql.connection()) ? faults(sql) : List.of());
    }

    /** What an operator should know of before money is lost, one line each. */
    public List<String> warnings() {
        return transactions.read(sql -> isServer(sql.connection()) ? warnings(sql) : List.of());
    }

    private static List<String> warnings(Sql sql) throws SQLException {
        long flushed = sql.number("SELECT @@GLOBAL.innodb_flush_log_at_trx_commit");
        return flushed == 1
                ? List.of()
                : List.of(
                        "the database loses its last commits when its host fails: set innodb_flush_log_at_trx_commit=1,"
                                + " not " + flushed);
    }

    static boolean isServer(Connection connection) throws SQLException {
        return !connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    private static List<String> faults(Sql sql) throws SQLException {
        return sql.first(
                        "SELECT VERSION() AS version, @@SESSION.sql_mode AS mode",
                        row -> faults(row.text("version"), row.text("mode")))
                .orElseThrow();
    }

    static List<String> faults(String version, String sqlMode) {
        List<String> faults = new ArrayList<>();
        boolean isMariaDb = version.contains("MariaDB");
        if (Version.of(version).isBefore(isMariaDb ? MARIADB_MIN : MYSQL_MIN)) {
            faults.add("the database must be MySQL 8 or MariaDB 10.6, or newer, not " + version);
        }
        List<String> modes = Arrays.asList(sqlMode.split(",", -1));
        if (!modes.contains("STRICT_TRANS_TABLES") && !modes.contains("STRICT_ALL_TABLES")) {
            faults.add(
                    "the database's sql_mode must have STRICT_TRANS_TABLES: amounts too large would be cut, not refused");
        }
        if (modes.contains("SIMULTANEOUS_ASSIGNMENT")) {
            faults.add("the database's sql_mode must not have SIMULTANEOUS_ASSIGNMENT: sums would come out wrong");
        }
        return faults;
    }

    private record Version(int major, int minor) {
        static Version of(String text) {
            Matcher numbers = VERSION.matcher(text);
            return numbers.lookingAt()
                    ? new Version(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                    : new Version(0, 0);
        }

        boolean isBefore(Version other) {
            return major < other.major || (major == other.major && minor < other.minor);
        }
    }
}
