package io.jenkins.plugins.metakraftwerk.simulation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * All stories, run without a test engine. A break of the program that hardly any schedule shows is found by a story.
 */
final class Stories {

    private Stories() {}

    /** Returns the name of the first story that fails. */
    static Optional<String> firstRed() {
        String here = Stories.class.getPackageName();
        List<Class<?>> types = ReflectionSupport.findAllClassesInPackage(here, Stories::isStory, name -> true);
        return types.stream()
                .flatMap(type ->
                        AnnotationSupport.findAnnotatedMethods(type, Test.class, HierarchyTraversalMode.TOP_DOWN).stream())
                .filter(Stories::isRed)
                .map(Method::getName)
                .findFirst();
    }

    private static boolean isStory(Class<?> type) {
        return StoryTest.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
    }

    private static boolean isRed(Method story) {
        try {
            ReflectionSupport.invokeMethod(story, ReflectionSupport.newInstance(story.getDeclaringClass()));
            return false;
        } catch (Exception | Error e) {
            return true;
        }
    }
}
