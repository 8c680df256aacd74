package dev.tollgate.bootstrap.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.WholeServer;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every dialect on every platform, each scenario streamed and not: asked by the dialect's official SDK, answered on the
 * platform's own wire. What the SDK made of it, what went upstream and what was billed are compared with what was said.
 */
class MatrixTest {
    /** Every sum is held against every other after each cell. */
    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static final Map<Dialect, Asker> ASKERS = new EnumMap<>(Dialect.class);
    private static final Map<Provider, Map<Scenario, Long>> ACCOUNTS = new EnumMap<>(Provider.class);
    private static final MatrixDocument DOCUMENT = new MatrixDocument();
    private static FakeProvider upstream;

    /** The dialects, by their names in records. */
    enum Dialect {
        CHAT("chat", (server, key) -> new ChatAsker(server.uri(), key)),
        RESPONSES("responses", (server, key) -> new ResponsesAsker(server.uri(), key)),
        MESSAGES("messages", (server, key) -> new MessagesAsker(server.uri(), key)),
        GENERATE_CONTENT("generate_content", (server, key) -> new GeminiAsker(server.uri(), key));

        private final String recorded;

        @SuppressWarnings("ImmutableEnumChecker") // a method without state
        private final BiFunction<WholeServer, String, Asker> asker;

        Dialect(String recorded, BiFunction<WholeServer, String, Asker> asker) {
            this.recorded = recorded;
            this.asker = asker;
        }

        String recorded() {
            return recorded;
        }
    }

    /** One cell of the table. */
    record Cell(Dialect dialect, Provider provider, Scenario scenario, boolean stream) {
        String model() {
            return provider.model(scenario);
        }
    }

    @BeforeAll
    static void set_up() throws IOException {
        upstream = new FakeProvider();
        for (Provider provider : Provider.values()) {
            Map<Scenario, Long> accounts = new EnumMap<>(Scenario.class);
            for (Scenario scenario : Scenario.values()) {
                String model = provider.model(scenario);
                SERVER.world().model(model, provider.family(), "3", "15");
                accounts.put(
                        scenario,
                        SERVER.world()
                                .account(
                                        provider.type(),
                                        upstream.uri().resolve(provider.base()),
                                        Map.of(
                                                "credentials",
                                                provider.credentials(),
                                                "allowed_models",
                                                List.of(model))));
            }
            ACCOUNTS.put(provider, accounts);
        }
        String key = SERVER.world().key(SERVER.world().user("ann", "1000"), Map.of());
        for (Dialect dialect : Dialect.values()) {
            ASKERS.put(dialect, dialect.asker.apply(SERVER, key));
        }
    }

    @AfterAll
    static void tear_down() throws IOException {
        upstream.close();
        if (!DOCUMENT.isComplete()) {
            return; // only some pairs were played
        }
        if (Boolean.getBoolean("tollgate.docs.write")) {
            DOCUMENT.write();
        }
        assertThat(MatrixDocument.written()).isEqualTo(DOCUMENT.text());
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Dialect.values())
                .flatMap(dialect -> Stream.of(Provider.values()).map(provider -> Arguments.of(dialect, provider)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("pairs")
    void every_scenario(Dialect dialect, Provider provider) {
        List<Cell> cells = cells(dialect, provider);
        SoftAssertions all = new SoftAssertions();
        Set<String> failed = new TreeSet<>();
        for (Cell cell : cells) {
            Throwable broken = catchThrowable(() -> play(cell));
            all.assertThat(broken).as("%s", cell).isNull();
            if (broken != null) {
                failed.add(cell.scenario().slug());
            }
        }
        DOCUMENT.add(dialect, provider, failed);
        SERVER.audit();
        JsonNode records = SERVER.admin()
                .get("/api/admin/usage/records?limit=" + cells.size())
                .get("items");
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            JsonNode record = records.get(cells.size() - 1 - i);
            all.assertThatCode(() -> is_recorded(cell, record))
                    .as("record of %s", cell)
                    .doesNotThrowAnyException();
        }
        all.assertAll();
    }

    private static List<Cell> cells(Dialect dialect, Provider provider) {
        return Stream.of(Scenario.values())
                .flatMap(scenario -> Stream.of(false, true)
                        .filter(stream -> stream || !scenario.isOnlyStreamed())
                        .map(stream -> new Cell(dialect, provider, scenario, stream)))
                .toList();
    }

    private static void play(Cell cell) {
        upstream.forget();
        if (cell.scenario().isFailure()) {
            is_refused(cell);
        } else if (cell.scenario().isOnlyStreamed()) {
            assertThat(catchThrowableOfType(Heard.Refused.class, () -> ask(cell)))
                    .isNotNull();
        } else {
            is_told(cell);
        }
    }

    private static void is_told(Cell cell) {
        Heard heard = ask(cell);

        Said said = cell.scenario().said();
        assertThat(heard.text()).isEqualTo(said.text());
        assertThat(heard.calls())
                .isEqualTo(said.calls().stream()
                        .map(call -> new Heard.Call(call.name(), Json.tree(call.arguments())))
                        .toList());
        assertThat(heard.stop()).isEqualTo(said.stop());
        if (said.thinking() != null) {
            assertThat(heard.thinking()).isEqualTo(said.thinking());
        }
        assertThat(heard.input()).isEqualTo(said.input() + said.cached());
        assertThat(heard.output()).isEqualTo(said.output());
        Sent.holds(cell.scenario(), upstream.lastAsked());
    }

    private static void is_refused(Cell cell) {
        Heard.Refused refused = catchThrowableOfType(Heard.Refused.class, () -> ask(cell));

        int told = cell.scenario() == Scenario.REFUSED_ACCOUNT
                ? 503
                : cell.scenario().status();
        assertThat(refused.status()).isEqualTo(told);
        if (cell.scenario() == Scenario.REFUSED_REQUEST) {
            assertThat(refused.getCause()).hasMessageContaining(Scenario.REFUSAL);
        }
        long account = ACCOUNTS.get(cell.provider()).get(cell.scenario());
        SERVER.admin().post("/api/admin/accounts/" + account + "/recover", Map.of());
    }

    private static Heard ask(Cell cell) {
        return ASKERS.get(cell.dialect()).ask(cell.scenario(), cell.model(), cell.stream());
    }

    private static void is_recorded(Cell cell, JsonNode record) {
        assertThat(record.get("requested_model").asText()).isEqualTo(cell.model());
        assertThat(record.get("dialect").asText()).isEqualTo(cell.dialect().recorded);
        assertThat(record.get("account_type").asText())
                .isEqualTo(cell.provider().type());
        if (cell.scenario().isFailure()) {
            assertThat(record.get("status").asText()).isEqualTo("upstream_error");
            assertThat(record.get("total_cost").asText()).isEqualTo("0");
        } else if (cell.scenario().isOnlyStreamed()) {
            assertThat(record.get("status").asText()).isEqualTo("upstream_error");
        } else {
            Said said = cell.scenario().said();
            assertThat(record.get("status").asText()).isEqualTo("completed");
            assertThat(record.get("usage_source").asText()).isEqualTo("upstream");
            assertThat(record.get("input_tokens").asLong()).isEqualTo(said.input());
            assertThat(record.get("cache_read_tokens").asLong()).isEqualTo(said.cached());
            assertThat(record.get("output_tokens").asLong()).isEqualTo(said.output());
        }
    }
}
