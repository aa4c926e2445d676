package io.lariat.numeric;

import io.lariat.backend.PanelProducts;
import io.lariat.backend.contract.PanelContract;

/** Scalar code keeps the contract. */
class ScalarPanelsTest extends PanelContract {
  @Override
  protected PanelProducts open() {
    return new ScalarPanels();
  }
}
