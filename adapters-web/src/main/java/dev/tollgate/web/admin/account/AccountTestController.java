package dev.tollgate.web.admin.account;

import dev.tollgate.application.relay.TestAccount;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/** Tries accounts out. */
@Controller("/api/admin/accounts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountTestController {
    private static final int NAME_LENGTH_MAX = 200;

    private final TestAccount testAccount;

    AccountTestController(TestAccount testAccount) {
        this.testAccount = testAccount;
    }

    @Post("/{id}/test")
    Envelope<View> test(long id, @Body @Nullable JsonNode body) {
        JsonBody given = JsonBody.of(body);
        Given<String> model = given.text("model", NAME_LENGTH_MAX).required();
        given.check();
        return switch (testAccount.test(new AccountId(id), model.value())) {
            case TestAccount.Result.Tried tried -> Envelope.of(View.from(tried));
            case TestAccount.Result.NoSuchAccount none -> throw ApiFailure.notFound("account");
            case TestAccount.Result.CannotBeSent cannot ->
                throw ApiFailure.conflict("accounts of type " + cannot.type() + " cannot be sent with yet");
        };
    }

    /** What became of a test, as it is shown. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record View(
            boolean ok,
            @Nullable Integer httpStatus,
            long latencyMs,
            String model,
            @Nullable String error) {
        static View from(TestAccount.Result.Tried tried) {
            return new View(tried.ok(), tried.httpStatus(), tried.latencyMillis(), tried.model(), tried.error());
        }
    }
}
