package io.jenkins.plugins.metakraftwerk.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one class says in the log while this is open, and nobody else hears. */
public final class LoggedLines extends Handler implements AutoCloseable {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** Held here, since the log lets go of loggers that nobody has. */
    private final Logger logger;

    public LoggedLines(Class<?> of) {
        logger = Logger.getLogger(of.getName());
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    /** What all threads of the plugin say of themselves. */
    public static LoggedLines ofPools() {
        return new LoggedLines(ThreadPoolMonitor.class);
    }

    @Override
    public void publish(LogRecord record) {
        threads.add(Thread.currentThread());
        records.add(record);
    }

    @Override
    public void flush() {
        // Nothing waits.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }

    public List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    /** Returns when so many lines are there. */
    public LoggedLines await(int count) {
        long end = System.nanoTime() + TestClients.LIMIT.toNanos();
        while (records.size() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain for " + count + " lines beside " + messages());
            }
            Thread.yield();
        }
        return this;
    }

    /** Whose lines they are. */
    public List<Thread> threads() {
        return threads;
    }

    public List<Throwable> thrown() {
        return records.stream().map(LogRecord::getThrown).toList();
    }
}
