package dev.tollgate.application.pricing;

/** Understands price list files: our own shape, and the field's usual {@code model_prices_and_context_window.json}. */
public interface PriceListReader {
    /** @throws Unreadable if it is neither */
    PriceList read(byte[] file);

    /** The file is no price list; the message says why. */
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unreadable(String message) {
            super(message, null, false, false);
        }

        public String why() {
            return String.valueOf(getMessage());
        }
    }
}
