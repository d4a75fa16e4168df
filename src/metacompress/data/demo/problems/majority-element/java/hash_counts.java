import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

class Main {
    static int findMajority(int[] numbers) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int number : numbers) {
            int c = counts.merge(number, 1, Integer::sum);
            if (c > numbers.length / 2) {
                return number;
            }
        }
        return -1;
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int n = scanner.nextInt();
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = scanner.nextInt();
        }
        System.out.println(findMajority(numbers));
    }
}
