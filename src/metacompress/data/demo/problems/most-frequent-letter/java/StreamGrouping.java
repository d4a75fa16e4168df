import java.util.*;
import java.util.stream.Collectors;

final class Main
{
    static String letterFrequency(String text)
    {
        Map<Integer, Long> groups = text.chars()
            .filter(Character::isAlphabetic)
            .map(Character::toLowerCase)
            .boxed()
            .collect(Collectors.groupingBy(c -> c, Collectors.counting()));

        Comparator<Map.Entry<Integer, Long>> byCount = Map.Entry.comparingByValue();
        return groups.entrySet().stream()
            .min(byCount.reversed().thenComparing(Map.Entry.comparingByKey()))
            .map(e -> Character.toString(e.getKey()))
            .orElse("-");
    }

    public static void main(String[] args)
    {
        Scanner console = new Scanner(System.in).useDelimiter("\n");
        System.out.println(console.hasNext() ? letterFrequency(console.next()) : "-");
    }
}
