import java.util.Scanner;
import java.util.function.Function;
import java.util.stream.Collectors;

class Main {

    static String firstUnique(String line) {
        var frequency = line.chars()
            .mapToObj(Character::toString)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return line.chars()
            .filter(c -> c != ' ')
            .mapToObj(Character::toString)
            .filter(c -> frequency.get(c) == 1L)
            .findFirst()
            .orElse("-");
    }

    public static void main(String[] args) {
        var input = new Scanner(System.in).useDelimiter("\n");
        System.out.println(firstUnique(input.hasNext() ? input.next() : ""));
    }
}
