package dev.tollgate.application.identity;

class InMemoryUsersTest extends UsersContract {
    private final Users users = new InMemoryUsers(new InMemoryChanges());

    @Override
    protected Users users() {
        return users;
    }
}
