package io.hicache.cli;

import io.hicache.PageLayout;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a layout by SGLang's name, and says which there are if it is none. */
final class LayoutName implements ITypeConverter<PageLayout> {
  @Override
  public PageLayout convert(String name) {
    try {
      return PageLayout.of(name);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
