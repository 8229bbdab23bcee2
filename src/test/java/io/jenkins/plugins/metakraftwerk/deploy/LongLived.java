package io.jenkins.plugins.metakraftwerk.deploy;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import javax.management.ObjectName;

/** What is kept as long as something lives. */
final class LongLived {

    private static final String OURS = "io.jenkins.plugins.metakraftwerk.";

    private LongLived() {}

    /** The greatest number of dependents of a future that an object holds through our own classes. */
    static int dependents(Object root) throws ReflectiveOperationException {
        return all(root).stream()
                .filter(CompletableFuture.class::isInstance)
                .mapToInt(future -> ((CompletableFuture<?>) future).getNumberOfDependents())
                .max()
                .orElse(0);
    }

    /** How many objects of a class an object holds. */
    static long count(Object root, Class<?> type) throws ReflectiveOperationException {
        return all(root).stream().filter(type::isInstance).count();
    }

    private static Set<Object> all(Object root) throws ReflectiveOperationException {
        Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());
        Queue<Object> next = new ArrayDeque<>(Set.of(root));
        while (!next.isEmpty()) {
            Object object = next.remove();
            if (!all.add(object)) {
                continue;
            }
            if (object instanceof Collection<?> several) {
                next.addAll(several);
            } else if (object instanceof Map<?, ?> map) {
                next.addAll(map.values());
            }
            for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
                if (type.getName().startsWith(OURS)) {
                    addFields(object, type, next);
                }
            }
        }
        return all;
    }

    private static void addFields(Object object, Class<?> type, Queue<Object> next)
            throws ReflectiveOperationException {
        for (Field field : type.getDeclaredFields()) {
            if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                Object value = field.get(object);
                if (value != null) {
                    next.add(value);
                }
            }
        }
    }

    /** How many bytes the live objects of this process take. */
    static long bytes() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        String[] total =
                histogram.substring(histogram.lastIndexOf("Total")).trim().split("\\s+");
        return Long.parseLong(total[2]);
    }
}
