package dev.tollgate.application.identity;

class InMemoryRefreshTokensTest extends RefreshTokensContract {
    private final RefreshTokens tokens = new InMemoryRefreshTokens();

    @Override
    protected RefreshTokens tokens() {
        return tokens;
    }
}
