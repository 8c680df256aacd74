package dev.tollgate.application.entitlement;

class InMemoryUserPackagesTest extends UserPackagesContract {
    private final UserPackages userPackages = new InMemoryUserPackages();

    @Override
    protected UserPackages userPackages() {
        return userPackages;
    }
}
