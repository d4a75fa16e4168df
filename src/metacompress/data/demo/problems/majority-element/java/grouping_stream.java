import java.util.Map;
import java.util.Scanner;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class Main {
    private static long majorityOf(Stream<Long> values, long size) {
        Map<Long, Long> frequency = values.collect(
            Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return frequency.entrySet().stream()
            .filter(e -> 2 * e.getValue() > size)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(-1L);
    }

    public static void main(String[] args) {
        try (Scanner sc = new Scanner(System.in)) {
            long size = sc.nextLong();
            System.out.println(majorityOf(Stream.generate(sc::nextLong).limit(size), size));
        }
    }
}
