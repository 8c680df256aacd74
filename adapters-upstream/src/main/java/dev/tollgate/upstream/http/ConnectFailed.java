package dev.tollgate.upstream.http;

/** No connection could be made, so nothing was sent. Expected, and without a stack for that reason. */
final class ConnectFailed extends Exception {
    private static final long serialVersionUID = 1;

    ConnectFailed(String message) {
        super(message, null, false, false);
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
