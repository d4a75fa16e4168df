import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

class Main {
    private final List<Integer> list = new ArrayList<>();

    private boolean tooSmall(int index, int t) {
        return index < list.size() && list.get(index) < t;
    }

    /** Border between small and large elements, known to lie in [from, to]. */
    private int border(int from, int to, int t) {
        if (from >= to) return from;
        int half = (from + to) >> 1;
        return tooSmall(half, t) ? border(half + 1, to, t) : border(from, half, t);
    }

    int findLowerBound(int t) {
        int reach = 1;
        while (tooSmall(reach - 1, t)) reach <<= 1;
        return border(reach / 2, Math.min(reach, list.size()), t);
    }

    public static void main(String[] args) {
        Scanner sc = new Scanner(System.in);
        Main main = new Main();
        for (int n = sc.nextInt(); n > 0; n--) main.list.add(sc.nextInt());
        System.out.println(main.findLowerBound(sc.nextInt()));
    }
}
