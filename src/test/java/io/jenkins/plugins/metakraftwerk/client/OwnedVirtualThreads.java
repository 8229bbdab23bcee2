package io.jenkins.plugins.metakraftwerk.client;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The virtual threads that one platform thread owns: it runs them itself, one after another, in the order in which they may
 * go on, and only when it is asked to. Needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 *
 * <p>A timed park and a contended monitor would let them go on by threads of the JDK; those are noticed as strangers.
 */
public final class OwnedVirtualThreads implements AutoCloseable {

    private static final ThreadLocal<OwnedVirtualThreads> CURRENT = new ThreadLocal<>();
    private static final Constructor<?> BUILDER = builder();

    /** Has the virtual threads of those that own none, so that dumps show them also where nothing else is tracked. */
    private static final Executor OTHERS = Executors.newThreadPerTaskExecutor(VirtualThreads.FACTORY);

    static {
        VirtualThreads.replace(OwnedVirtualThreads::start);
    }

    private final Thread owner = Thread.currentThread();
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final ThreadFactory factory;
    private volatile String stranger;

    private OwnedVirtualThreads() {
        try {
            factory = ((Thread.Builder.OfVirtual) BUILDER.newInstance((Executor) this::goesOn))
                    .inheritInheritableThreadLocals(false)
                    .factory();
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Constructor<?> builder() {
        try {
            Constructor<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            builder.setAccessible(true);
            return builder;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on this thread owns what it starts, and what that starts; what it owned before never goes on. */
    public static OwnedVirtualThreads begin() {
        OwnedVirtualThreads own = new OwnedVirtualThreads();
        CURRENT.set(own);
        return own;
    }

    /** From now on dumps show the virtual threads that nobody owns. */
    public static void track() {
        // It is so when this class is there.
    }

    private static void start(Runnable line) {
        OwnedVirtualThreads own = CURRENT.get();
        if (own == null) {
            OTHERS.execute(line);
            return;
        }
        Thread thread = own.factory.newThread(() -> {
            CURRENT.set(own);
            line.run();
        });
        thread.start();
    }

    private void goesOn(Runnable continuation) {
        Thread by = Thread.currentThread();
        if (by != owner && !(by.isVirtual() && CURRENT.get() == this)) {
            stranger = by.toString();
        }
        synchronized (ready) {
            ready.add(continuation);
        }
    }

    /** Lets each go on until it waits again, and so on until all wait. */
    public void run() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private Runnable next() {
        synchronized (ready) {
            return ready.poll();
        }
    }

    /** From now on the threads that the owner starts are as everybody's. */
    @Override
    public void close() {
        if (CURRENT.get() == this) {
            CURRENT.remove();
        }
    }

    /** Who has let a virtual thread go on that is not the owner's business; null for nobody. */
    public String stranger() {
        return stranger;
    }
}
