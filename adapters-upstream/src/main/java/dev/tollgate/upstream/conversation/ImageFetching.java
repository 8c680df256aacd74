package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.upstream.http.Fetched;
import dev.tollgate.upstream.http.HttpCall;
import dev.tollgate.upstream.http.Origin;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the images of one call, one after another, within bounds for all of them. After the first that fails none is
 * fetched any more. What is told of a failure does not say how, lest it tell what is inside our network.
 */
final class ImageFetching {
    private static final int IMAGES_MAX = 20;
    private static final int IMAGE_BYTES_MAX = 10 * 1024 * 1024;
    private static final int ALL_BYTES_MAX = 15 * 1024 * 1024;
    private static final Duration IMAGE_TIME = Duration.ofSeconds(10);
    private static final Duration ALL_TIME = Duration.ofSeconds(30);
    private static final Media NONE = new Media.PlainText("");

    private final UpstreamHttp http;
    private final long deadline = System.nanoTime() + ALL_TIME.toNanos();
    private final Map<String, Media> fetched = new HashMap<>();
    private int bytesLeft = ALL_BYTES_MAX;
    private @Nullable String failure;

    ImageFetching(UpstreamHttp http) {
        this.http = http;
    }

    /** Why the images are not there, null if they are. */
    @Nullable
    String failure() {
        return failure;
    }

    /** The image at an address; of no meaning once one has failed. */
    Media fetch(String url) {
        Media known = fetched.get(url);
        if (known != null || failure != null) {
            return known == null ? NONE : known;
        }
        if (fetched.size() >= IMAGES_MAX) {
            return failed("At most " + IMAGES_MAX + " images are fetched for a call; send the others' bytes");
        }
        Media image = fetchNow(url);
        fetched.put(url, image);
        return image;
    }

    private Media fetchNow(String url) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        Duration time = left.compareTo(IMAGE_TIME) < 0 ? left : IMAGE_TIME;
        HttpCall call = call(url);
        if (call == null || bytesLeft <= 0 || time.toMillis() <= 0) {
            return notFetched();
        }
        return switch (http.fetch(call, Math.min(IMAGE_BYTES_MAX, bytesLeft), time)) {
            case Fetched.Answered answered when answered.isSuccess() -> image(answered);
            case Fetched.Answered answered -> notFetched();
            case Fetched.Failed unreachable -> notFetched();
        };
    }

    private static @Nullable HttpCall call(String url) {
        try {
            URI uri = URI.create(url);
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return HttpCall.get(Origin.of(url), null, path + query, List.of(new Header("accept", "image/*")));
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    private Media image(Fetched.Answered answered) {
        String told = answered.headers().get("content-type");
        String type = told == null ? "" : told.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (!type.startsWith("image/")) {
            return failed("What stands at an image's address is no image");
        }
        bytesLeft -= answered.body().length;
        return new Media.Inline(type, Base64.getEncoder().encodeToString(answered.body()));
    }

    private Media notFetched() {
        return failed("An image could not be fetched from its address; send its bytes");
    }

    private Media failed(String why) {
        failure = why;
        return NONE;
    }
}
