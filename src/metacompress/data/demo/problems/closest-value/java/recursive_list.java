import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

class Main {
    private final int centre;

    Main(int centre) {
        this.centre = centre;
    }

    private Integer better(Integer first, Integer second) {
        if (second == null) {
            return first;
        }
        int difference = Math.abs(first - centre) - Math.abs(second - centre);
        if (difference == 0) {
            difference = first.compareTo(second);
        }
        return difference <= 0 ? first : second;
    }

    /** Best of the whole list, or null if there is none. */
    Integer closestOf(List<Integer> list) {
        if (list.isEmpty()) {
            return null;
        }
        return better(list.get(0), closestOf(list.subList(1, list.size())));
    }

    public static void main(String[] args) {
        Scanner input = new Scanner(System.in);
        List<Integer> list = new ArrayList<>();
        int size = input.nextInt();
        while (list.size() != size) {
            list.add(input.nextInt());
        }
        Integer answer = new Main(input.nextInt()).closestOf(list);
        System.out.println(answer == null ? 0 : answer.intValue());
    }
}
