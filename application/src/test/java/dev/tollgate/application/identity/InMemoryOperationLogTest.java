package dev.tollgate.application.identity;

class InMemoryOperationLogTest extends OperationLogContract {
    private final OperationLog log = new InMemoryOperationLog();

    @Override
    protected OperationLog log() {
        return log;
    }
}
