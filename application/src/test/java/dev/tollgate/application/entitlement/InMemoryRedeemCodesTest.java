package dev.tollgate.application.entitlement;

class InMemoryRedeemCodesTest extends RedeemCodesContract {
    private final InMemoryRedeemCodes codes = new InMemoryRedeemCodes();

    @Override
    protected RedeemCodes codes() {
        return codes;
    }
}
