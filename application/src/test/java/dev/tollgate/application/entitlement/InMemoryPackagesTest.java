package dev.tollgate.application.entitlement;

class InMemoryPackagesTest extends PackagesContract {
    private final Packages packages = new InMemoryPackages();

    @Override
    protected Packages packages() {
        return packages;
    }
}
