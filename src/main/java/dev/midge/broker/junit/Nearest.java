package dev.midge.broker.junit;

import java.lang.annotation.Annotation;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The annotation that is meant for a test or a class: that of the method, or else that of the
 * nearest class around it. Those of superclasses and of annotations count as well.
 *
 * @param context of the method or the class that has it
 */
record Nearest<A extends Annotation>(ExtensionContext context, A annotation) {

  /** Returns the one for a test or a class; empty if there is none. */
  static <A extends Annotation> Optional<Nearest<A>> of(ExtensionContext context, Class<A> type) {
    Optional<A> ofMethod = AnnotationSupport.findAnnotation(context.getTestMethod(), type);
    return ofMethod.isPresent()
        ? ofMethod.map(found -> new Nearest<>(context, found))
        : ofClass(context, type);
  }

  private static <A extends Annotation> Optional<Nearest<A>> ofClass(
      ExtensionContext context, Class<A> type) {
    Optional<ExtensionContext> around = context.getParent();
    // A test, and each of its repetitions, has a context of its own below that of its class.
    boolean isOfClass =
        !around.flatMap(ExtensionContext::getTestClass).equals(context.getTestClass());
    Optional<A> found =
        isOfClass
            ? AnnotationSupport.findAnnotation(context.getTestClass(), type)
            : Optional.empty();
    return found.isPresent()
        ? found.map(each -> new Nearest<>(context, each))
        : around.flatMap(each -> ofClass(each, type));
  }
}
