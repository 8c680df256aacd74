package dev.tollgate.upstream.simulated;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;

/** A vector of length 1, always the same for the same text; texts that share words point in like directions. */
@SuppressWarnings("ArrayRecordComponent") // written down once, never compared
record Embedding(float[] values) {
    private static final int DECIMALS = 8;

    static Embedding of(String text, int dimensions) {
        double[] sum = new double[dimensions];
        for (String word : text.toLowerCase(Locale.ROOT).strip().split("\\s+", -1)) {
            Random direction = new Random(word.hashCode());
            for (int axis = 0; axis < dimensions; axis++) {
                sum[axis] += direction.nextDouble() * 2 - 1;
            }
        }
        return new Embedding(scaled(sum));
    }

    private static float[] scaled(double[] sum) {
        double squares = 0;
        for (double value : sum) {
            squares += value * value;
        }
        double length = squares == 0 ? 1 : Math.sqrt(squares);
        float[] scaled = new float[sum.length];
        for (int axis = 0; axis < sum.length; axis++) {
            scaled[axis] = (float) (sum[axis] / length);
        }
        return scaled;
    }

    /** As an array of JSON. */
    String json() {
        StringJoiner json = new StringJoiner(",", "[", "]");
        for (float value : values) {
            json.add(String.format(Locale.ROOT, "%." + DECIMALS + "f", value));
        }
        return json.toString();
    }

    /** As OpenAI's {@code encoding_format} of that name: floats of four bytes, the least significant first. */
    String base64() {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
