package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.FormParts;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.meter.JsonTree;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer that is images: the gpt-image models tell tokens, DALL-E tells nothing and is priced by the image, its
 * size and its quality. A stream tells usage with each finished image.
 */
final class ImagesCodec extends OpenAiCodec {
    private static final Set<String> NOTHING = Set.of();
    private static final String BY_THE_PIECE = "dall-e";

    private final CallBody asked;
    private @Nullable TokenUsage tokens;
    private @Nullable UsageReport unusable;
    private long images;

    ImagesCodec(UpstreamRequest request, InstantSource clock) {
        super(request, clock);
        this.asked = request.call().body();
    }

    @Override
    protected Verdict judge(StreamEvent event) {
        return judgeTyped(event, (type, members) -> {
            if (!type.endsWith(".completed")) {
                return Verdict.FORWARD;
            }
            images++;
            add(members);
            noted(report(), images >= asked.bounds().choices());
            return Verdict.HOLD;
        });
    }

    private void add(Map<String, Object> members) {
        if (!members.containsKey("usage")) {
            return;
        }
        switch (read(OpenAiUsage.Names.IMAGES, JsonTree.object(members.get("usage")))) {
            case UsageReport.Reported(Usage usage) ->
                tokens = tokens == null ? usage.tokens() : tokens.plus(usage.tokens());
            case UsageReport told -> unusable = told;
        }
    }

    @Override
    public boolean hasContent() {
        return images > 0;
    }

    @Override
    protected void readWhole(byte[] body) {
        if (!(JsonMembers.scan(body) instanceof JsonMembers members)) {
            return;
        }
        JsonMembers.Value data = members.value("data");
        images = data == null
                ? 0
                : JsonTree.elements(body, data.start(), data.end(), NOTHING).size();
        if (members.object("usage") instanceof JsonMembers usage) {
            add(Map.of("usage", JsonTree.object(JsonTree.members(body, usage.start(), usage.end(), usage.names()))));
        }
    }

    @Override
    protected UsageReport report() {
        if (unusable != null) {
            return unusable;
        }
        if (tokens != null) {
            return new UsageReport.Reported(new Usage(List.of(new UsagePart(null, tokens)), UnitUsage.NONE, served()));
        }
        boolean byThePiece =
                asked.model().startsWith(BY_THE_PIECE) || request().sentModel().startsWith(BY_THE_PIECE);
        return byThePiece && images > 0
                ? new UsageReport.Reported(new Usage(List.of(), pieces(), served()))
                : new UsageReport.Missing("no usage");
    }

    @Override
    protected Usage counted() {
        Usage words = super.counted();
        return new Usage(words.parts(), pieces(), words.served());
    }

    /** The images by the name they have on the price list, {@code 1024x1024/standard}. */
    private UnitUsage pieces() {
        String size = asked("size");
        String quality = asked("quality");
        String name =
                (size.matches("\\d+x\\d+") ? size : "1024x1024") + "/" + (quality.equals("hd") ? "hd" : "standard");
        return images == 0
                ? UnitUsage.NONE
                : new UnitUsage(Map.of(), Map.of(name, Math.min(images, UnitUsage.PIECES_MAX)), 0, 0);
    }

    private String asked(String name) {
        FormParts form = FormParts.of(asked);
        String text = null;
        if (form != null) {
            text = form.text(name);
        } else if (JsonMembers.scan(asked.bytes()) instanceof JsonMembers members) {
            text = members.text(name);
        }
        return text == null ? "" : text;
    }
}
