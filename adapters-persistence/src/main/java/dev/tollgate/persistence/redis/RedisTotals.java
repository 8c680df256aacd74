package dev.tollgate.persistence.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.usage.DatedTotals;
import dev.tollgate.application.usage.LiveTotals;
import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.Totalled;
import dev.tollgate.application.usage.Totals;
import dev.tollgate.application.usage.TotalsSnapshot;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.persistence.codec.CountsText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What accounts, users and keys come to, a hash each and one a UTC day; {@code settle.lua} adds to them. */
final class RedisTotals implements LiveTotals {
    private static final JsonFactory JSON = new JsonFactory();

    /** A script holds up its Redis for as long as it reads this many. */
    private static final int READ_AT_ONCE = 50;

    private static final byte[] WITHOUT_ENTRIES = Scripts.bytes("");
    private static final byte[] WITH_ENTRIES = Scripts.bytes("entries");

    private final Lives lives;
    private final StoreClock clock;
    private final Deadlines deadlines;

    RedisTotals(Lives lives, StoreClock clock, Deadlines deadlines) {
        this.lives = lives;
        this.clock = clock;
        this.deadlines = deadlines;
    }

    /** Asks all shards before it waits for the first. A shard of another life knows nothing yet. */
    @Override
    public Map<Totalled, DatedTotals> totals(Collection<? extends Totalled> wanted, Set<LocalDate> days) {
        List<List<CompletionStage<Reply>>> asked = new ArrayList<>();
        for (Keys keys : lives.shards()) {
            List<Totalled> there = wanted.stream()
                    .filter(whose -> isIn(keys, whose))
                    .map(Totalled.class::cast)
                    .toList();
            List<CompletionStage<Reply>> ofShard = new ArrayList<>();
            for (int from = 0; from < there.size(); from += READ_AT_ONCE) {
                List<Totalled> some = there.subList(from, Math.min(there.size(), from + READ_AT_ONCE));
                ofShard.add(ask(keys, some, days));
            }
            asked.add(ofShard);
        }
        List<Map<Totalled, DatedTotals>> shards = new ArrayList<>();
        for (List<CompletionStage<Reply>> ofShard : asked) {
            Map<Totalled, DatedTotals> totals = new HashMap<>();
            for (CompletionStage<Reply> answer : ofShard) {
                Reply reply = Waiting.on(answer, deadlines.background());
                if (!reply.word().equals("generation")) {
                    totals.putAll(read(reply.list(1)));
                }
            }
            shards.add(totals);
        }
        return LiveTotals.joined(shards);
    }

    private boolean isIn(Keys keys, Totalled whose) {
        return !(whose instanceof Totalled.OfUser(UserId user))
                || Math.floorMod(user.value(), lives.shards().size()) == keys.number();
    }

    private CompletionStage<Reply> ask(Keys keys, Collection<? extends Totalled> wanted, Set<LocalDate> days) {
        TotalsKeys totals = new TotalsKeys(keys);
        wanted.forEach(whose -> totals.add(whose, days));
        return lives.send(
                Script.TOTALS,
                totals.after(keys.shard(), keys.events()),
                List.of(Scripts.bytes(totals.names()), WITHOUT_ENTRIES));
    }

    @Override
    public Set<Totalled> cold(int shard, int max) {
        Keys keys = lives.shards().get(shard);
        Set<Totalled> cold = new HashSet<>();
        for (byte[] name :
                Waiting.on(lives.ask(redis -> redis.srandmember(keys.coldTotals(), max)), deadlines.background())) {
            cold.add(CountsText.totalled(new String(name, StandardCharsets.UTF_8)));
        }
        return cold;
    }

    /** A node's clock may be ahead: tomorrow may have been counted on as well. */
    @Override
    public boolean warm(int shard, RecordedTotals.Seed seed) {
        Keys keys = lives.shards().get(shard);
        LocalDate tomorrow = LocalDate.ofInstant(Instant.ofEpochMilli(clock.millis()), ZoneOffset.UTC)
                .plusDays(1);
        List<LocalDate> days = seed.since().datesUntil(tomorrow.plusDays(1)).toList();
        TotalsKeys totals = new TotalsKeys(keys);
        seed.sums().keySet().forEach(whose -> totals.add(whose, days));
        return lives.inThisLife(
                        () -> Waiting.on(
                                lives.send(
                                        Script.WARM,
                                        totals.after(keys.shard(), keys.events(), keys.coldTotals(), keys.warmTotals()),
                                        List.of(
                                                Scripts.bytes(totals.names()),
                                                Scripts.bytes(Seeding.drained(seed.drained(), lives.generation())
                                                        .text()),
                                                Scripts.bytes(seed.since().toString()),
                                                Scripts.bytes(sums(seed)))),
                                deadlines.background()),
                        deadlines.background())
                .isYes();
    }

    private static String sums(RecordedTotals.Seed seed) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<Totalled, DatedTotals> of : seed.sums().entrySet()) {
                String name = CountsText.named(of.getKey());
                write(json, "total:" + name, of.getKey(), of.getValue().total());
                for (Map.Entry<LocalDate, Totals> day : of.getValue().days().entrySet()) {
                    write(json, "day:" + name + ":" + day.getKey(), of.getKey(), day.getValue());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Fields and values by turns. */
    private static void write(JsonGenerator json, String name, Totalled whose, Totals totals) throws IOException {
        json.writeArrayFieldStart(name);
        for (Map.Entry<String, Long> number : CountsText.numbers(totals).entrySet()) {
            json.writeString(field(whose, number.getKey()));
            json.writeString(Long.toString(number.getValue()));
        }
        Instant at = totals.lastUsedAt();
        if (at != null) {
            json.writeString(CountsText.LAST_USED);
            json.writeString(Long.toString(at.toEpochMilli()));
        }
        json.writeEndArray();
    }

    /** An account's cost has a name of its own. */
    private static String field(Totalled whose, String number) {
        return whose instanceof Totalled.OfAccount && number.equals(CountsText.COST) ? "total_cost" : number;
    }

    @Override
    public Set<Totalled> known(int shard) {
        Keys keys = lives.shards().get(shard);
        Set<Totalled> known = new HashSet<>();
        for (byte[] name : Waiting.on(lives.ask(redis -> redis.smembers(keys.warmTotals())), deadlines.background())) {
            known.add(CountsText.totalled(new String(name, StandardCharsets.UTF_8)));
        }
        return known;
    }

    @Override
    public void forget(int shard, Collection<Totalled> wrong) {
        Keys keys = lives.shards().get(shard);
        TotalsKeys totals = new TotalsKeys(keys);
        wrong.forEach(whose -> totals.add(whose, List.of()));
        lives.tell(
                Script.FORGET,
                totals.after(keys.shard(), keys.coldTotals(), keys.warmTotals()),
                List.of(Scripts.bytes(totals.names())),
                deadlines.background());
    }

    @Override
    public TotalsSnapshot totals(int shard, Collection<Totalled> wanted, Set<LocalDate> days) {
        Keys keys = lives.shards().get(shard);
        TotalsKeys totals = new TotalsKeys(keys);
        wanted.forEach(whose -> totals.add(whose, days));
        Reply reply = lives.run(
                Script.TOTALS,
                totals.after(keys.shard(), keys.events()),
                List.of(Scripts.bytes(totals.names()), WITH_ENTRIES),
                deadlines.background());
        List<TotalsSnapshot.Pending> pending = new ArrayList<>();
        for (Reply entry : reply.list(2).lists()) {
            String takenBack = entry.text(2);
            pending.add(new TotalsSnapshot.Pending(
                    StreamId.of(entry.text(0)),
                    CountsText.read(entry.text(1)),
                    takenBack.isEmpty() ? null : CountsText.read(takenBack)));
        }
        return new TotalsSnapshot(lives.generation(), read(reply.list(1)), pending);
    }

    /** Each a list: the name, the fields of all time, then a list of day and fields for every day that is known. */
    private static Map<Totalled, DatedTotals> read(Reply list) {
        Map<Totalled, DatedTotals> read = new HashMap<>();
        for (Reply of : list.lists()) {
            Totalled whose = CountsText.totalled(of.text(0));
            Map<LocalDate, Totals> days = new HashMap<>();
            for (int i = 2; i < of.size(); i++) {
                Reply day = of.list(i);
                days.put(LocalDate.parse(day.text(0)), totals(whose, day.list(1)));
            }
            read.put(whose, new DatedTotals(totals(whose, of.list(1)), days));
        }
        return read;
    }

    private static Totals totals(Totalled whose, Reply hash) {
        Map<String, byte[]> fields = hash.fields();
        Map<String, Long> numbers = new HashMap<>();
        for (String number : CountsText.numbers(Totals.NONE).keySet()) {
            put(numbers, number, fields.get(field(whose, number)));
        }
        put(numbers, CountsText.LAST_USED, fields.get(CountsText.LAST_USED));
        return CountsText.totals(numbers);
    }

    private static void put(Map<String, Long> numbers, String name, byte @Nullable [] text) {
        if (text != null) {
            numbers.put(name, Long.parseLong(new String(text, StandardCharsets.UTF_8)));
        }
    }
}
