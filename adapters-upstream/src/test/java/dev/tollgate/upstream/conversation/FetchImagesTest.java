package dev.tollgate.upstream.conversation;

import static dev.tollgate.upstream.conversation.Asked.assistant;
import static dev.tollgate.upstream.conversation.Asked.call;
import static dev.tollgate.upstream.conversation.Asked.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FetchImagesTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final FetchImages IMAGES = new FetchImages(HTTP);

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private static Part image(String url) {
        return new Part.Image(new Media.Url(url, null), "low");
    }

    private static FetchImages.Outcome fetched(boolean allowed, Turn... turns) {
        return fetched(IMAGES, allowed, turns);
    }

    private static FetchImages.Outcome fetched(FetchImages images, boolean allowed, Turn... turns) {
        Asked asked = Asked.of("gemini-2.5-pro", turns).by("chat");
        UpstreamRequest request = allowed ? asked.fetching() : asked.request();
        return images.in(asked.conversation(), request);
    }

    private static String refusal(FetchImages.Outcome outcome) {
        FetchImages.Outcome.Refused refused = (FetchImages.Outcome.Refused) outcome;
        assertThat(refused.error().status()).isEqualTo(400);
        assertThat(refused.error().field()).isEqualTo("messages[].content[].image_url");
        return refused.error().message();
    }

    private static ScriptedUpstream serving(int status, String type, Map<String, String> headers) {
        return ScriptedUpstream.answering(Replies.sized(status, type, new byte[] {1, 2, 3}, headers));
    }

    @Test
    void the_bytes_come_in_place_of_the_address_and_each_is_fetched_once() {
        try (ScriptedUpstream server = serving(200, "Image/PNG; charset=x", Map.of())) {
            String url = server.baseUrl() + "/a%20b.png?size=1#part";
            Part result = new Part.ToolResult("a", "f", List.of(image(url)), false);
            FetchImages.Outcome.Here here = (FetchImages.Outcome.Here)
                    fetched(true, user(image(url)), assistant(call("a", "f", "{}")), user(result));

            Part expected = new Part.Image(new Media.Inline("image/png", "AQID"), "low");
            assertThat(here.conversation().turns().getFirst().parts()).containsExactly(expected);
            assertThat(((Part.ToolResult)
                                    here.conversation().turns().get(2).parts().getFirst())
                            .content())
                    .containsExactly(expected);
            assertThat(server.received()).hasSize(1);
            assertThat(server.received().getFirst().requestLine()).isEqualTo("GET /a%20b.png?size=1 HTTP/1.1");
        }
    }

    @Test
    void nothing_is_fetched_unless_the_operator_allows_it() {
        try (ScriptedUpstream server = serving(200, "image/png", Map.of())) {
            assertThat(refusal(fetched(false, user(image(server.baseUrl()))))).contains("send its bytes");
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void a_conversation_without_addresses_stays() {
        assertThat(fetched(false, user("Hi"))).isInstanceOf(FetchImages.Outcome.Here.class);
    }

    @Test
    void only_images_are_taken_and_no_redirect_is_followed() {
        try (ScriptedUpstream page = serving(200, "text/html", Map.of());
                ScriptedUpstream elsewhere = serving(302, "image/png", Map.of("location", page.baseUrl()));
                ScriptedUpstream gone = serving(404, "image/png", Map.of())) {
            assertThat(refusal(fetched(true, user(image(page.baseUrl()))))).contains("no image");
            assertThat(refusal(fetched(true, user(image(elsewhere.baseUrl()))))).contains("could not be fetched");
            assertThat(refusal(fetched(true, user(image(gone.baseUrl()))))).contains("could not be fetched");
            assertThat(page.received()).hasSize(1);
        }
    }

    @Test
    void addresses_inside_the_network_and_such_as_are_none_are_not_asked() {
        try (ScriptedUpstream server = serving(200, "image/png", Map.of());
                UpstreamHttp strict = Calls.http(new AddressRules(false))) {
            FetchImages images = new FetchImages(strict);
            for (String url :
                    List.of(server.baseUrl(), "https://127.0.0.1/a", "file:///etc/passwd", "https://a@b/", " ")) {
                assertThat(refusal(fetched(images, true, user(image(url))))).contains("could not be fetched");
            }
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void too_large_an_image_and_too_many_are_refused() {
        byte[] large = new byte[11 * 1024 * 1024];
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.sized(200, "image/png", large, Map.of()));
                ScriptedUpstream small = serving(200, "image/png", Map.of())) {
            assertThat(refusal(fetched(true, user(image(server.baseUrl()))))).contains("could not be fetched");
            Part[] many = new Part[21];
            for (int at = 0; at < many.length; at++) {
                many[at] = image(small.baseUrl() + "/" + at);
            }
            assertThat(refusal(fetched(true, user(many)))).contains("At most 20 images");
            assertThat(small.received()).hasSize(20);
        }
    }
}
